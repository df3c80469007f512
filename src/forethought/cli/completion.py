"""`forethought completion`: the script that lets a shell complete commands, roles, bodies and rules."""

import click

from forethought.cli import names

SHELLS = ("bash", "zsh", "fish")


@click.command(epilog="Example: forethought completion bash >> ~/.bashrc")
@click.argument("shell", type=names.Known("shell", lambda: SHELLS))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the completion script for bash, zsh or fish.

    Add it to your shell's start-up file, or for fish to ~/.config/fish/completions/forethought.fish.
    """
    from click.shell_completion import get_completion_class

    writer = get_completion_class(shell)
    if writer is not None:
        click.echo(writer(ctx.find_root().command, {}, "forethought", "_FORETHOUGHT_COMPLETE").source())
