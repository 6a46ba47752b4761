using System.Text;
using Markdig.Syntax;

namespace Monarch.Workers.GitHub.Markdown;

/// <summary>Reads the lines of an HTML block, which are not adjacent in the source where the block is in a quotation or a list.</summary>
static class HtmlLines
{
    /// <summary>The block's text, and the source position of each of its characters; a line end has that of the character before it.</summary>
    public static (string Html, IReadOnlyList<int> Positions) Read(HtmlBlock block, string source)
    {
        var text = new StringBuilder();
        var positions = new List<int>();

        for (var i = 0; i < block.Lines.Count; i++)
        {
            var line = block.Lines.Lines[i];
            var content = line.Slice.AsSpan();
            var length = source.AsSpan(line.Position).IndexOfAny('\r', '\n');

            // The parser expands a tab before the content that is in part the indentation of a list or a quotation. The ends are the same.
            var offset = (length < 0 ? source.Length : line.Position + length) - content.Length;
            for (var j = 0; j < content.Length; j++)
            {
                text.Append(content[j]);
                positions.Add(Math.Max(line.Position, offset + j));
            }
            text.Append('\n');
            positions.Add(offset + content.Length - 1);
        }
        return (text.ToString(), positions);
    }
}
