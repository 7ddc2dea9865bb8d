# 成转: every command of the project. `make help` lists them.
PYTHON ?= python3
VENV ?= .venv
PORT ?= 8000
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
export DATA_DIR ?= $(CURDIR)/data

.DEFAULT_GOAL := help

help: ## 列出所有命令
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort | awk -F'\t' '{printf "  make %-8s %s\n", $$1, $$2}'

$(STAMP): requirements/dev.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "正在安装依赖（首次约需一两分钟）…"
	@# The lock names every package: without --no-deps pip would look for newer
	@# versions of extras (coverage[toml]) and refuse them for want of a hash.
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/dev.txt
	@touch $@

setup: $(STAMP) ## 建立自带的运行环境

run: $(STAMP) ## 迁移、装入演示机关并启动网站（PORT、DATA_DIR 可设）
	@$(BIN)/python manage.py serve --port $(PORT)

test: $(STAMP) ## 运行全部测试（SQLite；本机有 PostgreSQL 时两库都跑）
	@$(BIN)/python -m tests.run

check: $(STAMP) ## 格式、规范、类型、层次、许可、迁移、文档
	@$(BIN)/python -m tests.check

format: $(STAMP) ## 按规范排版代码
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

bench: $(STAMP) ## 计时（目录、期限、存证），只在此处计时
	@$(BIN)/python -m benches

bench-assembly: $(STAMP) ## 文书组装计时，与 docxtpl、docxtemplater 比较
	@$(BIN)/python -m benches.assembly

lock: $(STAMP) ## 重新锁定依赖（含哈希，不含源地址）
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements/base.in -o requirements/base.txt
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements/dev.in -c requirements/base.txt -o requirements/dev.txt

demo-bundles: $(STAMP) ## 把各模式的演示文书写入 DATA_DIR/demo-bundles（.docx 和 .pdf）
	@$(BIN)/python manage.py demo_bundles $(DATA_DIR)/demo-bundles

doctor: $(STAMP) ## 检查设置与运行环境，用文字说明缺什么
	@$(BIN)/python manage.py doctor

.PHONY: help setup run test check format bench bench-assembly lock doctor demo-bundles
