#!/bin/sh
# macOS: opens the workspace in the browser. On the first start it is made in the folder Documents.
PATH="$HOME/.local/bin:/opt/homebrew/bin:/usr/local/bin:$PATH"
exec careerprint desk --documents
