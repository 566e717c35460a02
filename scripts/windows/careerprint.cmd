@echo off
rem Opens the workspace in the browser. On the first start it is made in the folder Documents.
setlocal
chcp 65001 >nul
set PYTHONUTF8=1
set "FOLDERS=HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
set "DOCUMENTS=%USERPROFILE%\Documents"
for /f "tokens=2,*" %%a in ('reg query "%FOLDERS%" /v Personal 2^>nul ^| find "Personal"') do call set "DOCUMENTS=%%b"
set "FOLDER=%DOCUMENTS%\careerprint"
set CAREERPRINT="%~dp0python\python.exe" -m careerprint
if not exist "%FOLDER%\careerprint.toml" %CAREERPRINT% init "%FOLDER%" || goto failed
cd /d "%FOLDER%" || goto failed
%CAREERPRINT% preview %* || goto failed
exit /b 0
:failed
pause
exit /b 1
