"""The processes that fill the ring, watched: the end of one ends the training, which would else wait for ever or learn the same old samples again."""
import subprocess
import time


class Renderers:
    """`commands`: one a process, as subprocess takes them; each start adds a seed of its own."""

    def __init__(self, commands):
        self.commands, self.running = commands, []

    def start(self):
        self.running = [subprocess.Popen([*command, str(int(time.time()) + k)]) for k, command in enumerate(self.commands)]

    def stop(self):
        for process in self.running:
            process.terminate()
            process.wait()
        self.running = []

    def check(self):
        for process in self.running:
            if process.poll() is not None:
                raise SystemExit(f"a renderer has ended (exit code {process.returncode}); what it said stands above")

    def wait_for(self, ready, seconds=0.5):
        while not ready():
            self.check()
            time.sleep(seconds)
