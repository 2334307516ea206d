# Thin names for people who type make. `make install` copies the built program; nothing is compiled on the target.
PREFIX ?= /usr/local
DESTDIR ?=
LIBRARY = $(PREFIX)/lib/logscope
INTO = $(DESTDIR)$(LIBRARY)

.PHONY: run test build install uninstall

run:
	npm start

test:
	npm test

build:
	npm run -s logscope -- --version

install: build
	node scripts/install-to.mjs "$(INTO)"
	mkdir -p "$(DESTDIR)$(PREFIX)/bin"
	printf '#!/bin/sh\nexec node "%s/out/main/cli.js" "$$@"\n' "$(LIBRARY)" > "$(DESTDIR)$(PREFIX)/bin/logscope"
	chmod 755 "$(DESTDIR)$(PREFIX)/bin/logscope"

uninstall:
	rm -f "$(DESTDIR)$(PREFIX)/bin/logscope"
	node scripts/install-to.mjs --remove "$(INTO)"
