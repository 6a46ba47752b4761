using System.Text;
using Markdig.Syntax;

namespace Monarch.Workers.GitHub.Markdown;

/// <summary>Reads the lines of an HTML block, which are not adjacent in the source where the block is in a quotation or a list.</summary>
static class HtmlLines
{
    /// <summary>The block's text, and the source position of each of its characters; a line end has that of the character before it.</summary>
    public static (string Html, IReadOnlyList<int> Positions) Read(HtmlBlock block)
    {
        var text = new StringBuilder();
        var positions = new List<int>();

        for (var i = 0; i < block.Lines.Count; i++)
        {
            var line = block.Lines.Lines[i].Slice;
            for (var position = line.Start; position <= line.End; position++)
            {
                text.Append(line.Text[position]);
                positions.Add(position);
            }
            text.Append('\n');
            positions.Add(line.End);
        }
        return (text.ToString(), positions);
    }
}
