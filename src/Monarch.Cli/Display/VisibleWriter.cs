using System.Text;
using Monarch.Hosting;

namespace Monarch.Cli.Display;

/// <summary>
/// Filters control characters, and line breaks inside of values, from the output to the terminal:
/// all commands write through it.
/// </summary>
sealed class VisibleWriter(TextWriter terminal) : TextWriter
{
    public override Encoding Encoding => terminal.Encoding;

    public override void Write(char value) => terminal.Write(VisibleText.Lines($"{value}"));

    public override void Write(char[] buffer, int index, int count) => terminal.Write(VisibleText.Lines(new string(buffer, index, count)));

    public override void Write(string? value) => terminal.Write(VisibleText.Lines(value));

    public override void WriteLine() => terminal.WriteLine();

    public override void WriteLine(string? value) => terminal.WriteLine(VisibleText.Line(value));

    public override void Flush() => terminal.Flush();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            terminal.Dispose();
        }

        base.Dispose(disposing);
    }
}
