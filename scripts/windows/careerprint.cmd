@echo off
rem Opens the workspace in the browser. On the first start it is made in the folder Documents.
chcp 65001 >nul
set PYTHONUTF8=1
"%~dp0python\python.exe" -m careerprint desk --documents %* || (pause & exit /b 1)
