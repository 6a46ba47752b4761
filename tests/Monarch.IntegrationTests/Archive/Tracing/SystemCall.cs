using System.Text;
using System.Text.RegularExpressions;

namespace Monarch.IntegrationTests.Archive.Tracing;

/// <summary>A system call in the output of strace with <c>-f -y -x</c>.</summary>
/// <param name="Begin">The number of the line on which it began.</param>
/// <param name="End">The number of the line on which it had ended.</param>
/// <param name="Name">Its name.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Result">The return value; negative on failure.</param>
sealed partial record SystemCall(int Begin, int End, string Name, string Arguments, long Result)
{
    /// <summary>The path or socket of the descriptor that is the first argument; null where it is none.</summary>
    public string? Descriptor => FirstDescriptor().Match(Arguments) is { Success: true } match ? match.Groups["path"].Value : null;

    /// <summary>The paths among the arguments, made absolute by the descriptors before them.</summary>
    public IReadOnlyList<string> Paths =>
        [.. PathArgument().Matches(Arguments).Select(x => Path.Combine("/", x.Groups["folder"].Value, Unescape(x.Groups["text"].Value)))];

    /// <summary>The data of a call that sends or receives.</summary>
    public byte[] Data
    {
        get
        {
            var isVector = Arguments.Contains("iov_base=", StringComparison.Ordinal);
            var all = (isVector ? Vector() : Text()).Matches(Arguments).Select(x => x.Groups["text"].Value);
            var bytes = Encoding.Latin1.GetBytes(string.Concat((isVector ? all : all.Take(1)).Select(Unescape)));
            return Result < bytes.Length ? bytes[..(int)Math.Max(0, Result)] : bytes;
        }
    }

    /// <summary>Reads a trace. A call that another one interrupts is on two lines.</summary>
    public static IReadOnlyList<SystemCall> Read(IEnumerable<string> lines)
    {
        List<SystemCall> calls = [];
        Dictionary<string, (int Begin, string Name, string Arguments)> unfinished = [];
        foreach (var (number, line) in lines.Index())
        {
            if (Resumed().Match(line) is { Success: true } resumed)
            {
                if (unfinished.Remove(resumed.Groups["process"].Value, out var call))
                {
                    calls.Add(new(call.Begin, number, call.Name, call.Arguments + resumed.Groups["arguments"].Value, ResultOf(resumed)));
                }
            }
            else if (Unfinished().Match(line) is { Success: true } begun)
            {
                unfinished[begun.Groups["process"].Value] = (number, begun.Groups["name"].Value, begun.Groups["arguments"].Value);
            }
            else if (Whole().Match(line) is { Success: true } whole)
            {
                calls.Add(new(number, number, whole.Groups["name"].Value, whole.Groups["arguments"].Value, ResultOf(whole)));
            }
        }

        return calls;
    }

    static long ResultOf(Match match) => long.TryParse(match.Groups["result"].Value, out var result) ? result : -1;

    static string Unescape(string text) =>
        Escape()
            .Replace(
                text,
                static x =>
                    x.Value switch
                    {
                        "\\n" => "\n",
                        "\\t" => "\t",
                        "\\r" => "\r",
                        "\\v" => "\v",
                        "\\f" => "\f",
                        ['\\', 'x', .. var hex] => $"{(char)Convert.ToByte(hex, 16)}",
                        ['\\', >= '0' and <= '7', ..] => $"{(char)Convert.ToByte(x.Value[1..], 8)}",
                        _ => x.Value[1..],
                    }
            );

    [GeneratedRegex(
        """^(?<process>\d+) +(?<name>\w+)\((?<arguments>.*)\) += (?<result>-?\d+)[^=]*$""",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline
    )]
    private static partial Regex Whole();

    [GeneratedRegex(
        """^(?<process>\d+) +(?<name>\w+)\((?<arguments>.*) <unfinished \.\.\.>$""",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline
    )]
    private static partial Regex Unfinished();

    [GeneratedRegex(
        """^(?<process>\d+) +<\.\.\. (?<name>\w+) resumed>(?<arguments>.*)\) += (?<result>-?\d+)[^=]*$""",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline
    )]
    private static partial Regex Resumed();

    [GeneratedRegex("""^\d+<(?<path>[^>]*)>""", RegexOptions.ExplicitCapture)]
    private static partial Regex FirstDescriptor();

    [GeneratedRegex(@"([\w-]+<(?<folder>[^>]*)>, )?""(?<text>([^""\\]|\\.)*)""", RegexOptions.ExplicitCapture)]
    private static partial Regex PathArgument();

    [GeneratedRegex(
        """
            "(?<text>([^"\\]|\\.)*)"
            """,
        RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace
    )]
    private static partial Regex Text();

    [GeneratedRegex(
        """
            iov_base="(?<text>([^"\\]|\\.)*)"
            """,
        RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace
    )]
    private static partial Regex Vector();

    [GeneratedRegex("""\\(x[0-9a-fA-F]{2}|[0-7]{1,3}|.)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Escape();
}
