/* careerprint.exe: what careerprint.cmd does, without a console. Where careerprint ends with an
   error, a window says what it has said. Built by package.py with mingw-w64. */
#include <windows.h>
#include <stdio.h>

#define LONGEST 32768
#define MOST_SAID 4000

static wchar_t folder[LONGEST], command[LONGEST], log_file[LONGEST];

static void tell(void) {
    char said[MOST_SAID + 1];
    wchar_t text[MOST_SAID + 1];
    FILE *file = _wfopen(log_file, L"rb");
    if (!file) return;
    said[fread(said, 1, MOST_SAID, file)] = 0;
    fclose(file);
    MultiByteToWideChar(CP_UTF8, 0, said, -1, text, MOST_SAID + 1);
    MessageBoxW(NULL, text, L"careerprint", MB_OK | MB_ICONERROR);
}

int WINAPI wWinMain(HINSTANCE self, HINSTANCE before, LPWSTR arguments, int shown) {
    SECURITY_ATTRIBUTES inherited = {sizeof inherited, NULL, TRUE};
    STARTUPINFOW start = {.cb = sizeof start, .dwFlags = STARTF_USESTDHANDLES};
    PROCESS_INFORMATION process;
    DWORD status = 1;
    GetModuleFileNameW(NULL, folder, LONGEST);
    *(wcsrchr(folder, L'\\') + 1) = 0;
    GetTempPathW(LONGEST - 32, log_file);
    wcscat(log_file, L"careerprint.log");
    swprintf(command, LONGEST, L"\"%lspython\\python.exe\" -m careerprint desk --documents %ls",
             folder, arguments);
    SetEnvironmentVariableW(L"PYTHONUTF8", L"1");
    start.hStdOutput = start.hStdError = CreateFileW(
        log_file, GENERIC_WRITE, FILE_SHARE_READ, &inherited, CREATE_ALWAYS, 0, NULL);
    start.hStdInput = CreateFileW(L"NUL", GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE,
                                  &inherited, OPEN_EXISTING, 0, NULL);
    if (!CreateProcessW(NULL, command, NULL, NULL, TRUE, CREATE_NO_WINDOW, NULL, NULL, &start,
                        &process)) {
        MessageBoxW(NULL, L"Unpack the whole folder first. / Entpacken Sie zuerst den ganzen Ordner.",
                    L"careerprint", MB_OK | MB_ICONERROR);
        return 1;
    }
    CloseHandle(start.hStdOutput);
    WaitForSingleObject(process.hProcess, INFINITE);
    GetExitCodeProcess(process.hProcess, &status);
    if (status) tell();
    return (int)status;
}
