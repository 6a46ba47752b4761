using System.Text.RegularExpressions;

namespace Monarch.Sandbox.Model;

/// <summary>The answer to the next matching requests, instead of or after carrying them out. Scripts are consumed in order.</summary>
public sealed class ScriptedAnswer
{
    Regex? _pattern;

    /// <summary>The matching method; null (the default): any.</summary>
    public string? Method { get; set; }

    /// <summary>A regular expression that matches a part of the path, such as <c>/repos/o/r/issues$</c>. Default: any path.</summary>
    public string Path { get; set; } = "";

    /// <summary>The number of requests that it applies to. Default 1.</summary>
    public int Count { get; set; } = 1;

    /// <summary>Whether the request is carried out first, so that only its answer is lost. Default false.</summary>
    public bool CarryOut { get; set; }

    /// <summary>How the request ends. Default: with an answer.</summary>
    public ScriptedEnding Ending { get; set; }

    /// <summary>The delay before the ending, in milliseconds.</summary>
    public int DelayMilliseconds { get; set; }

    /// <summary>The status of the answer. Default 502.</summary>
    public int Status { get; set; } = 502;

    /// <summary>The body of the answer; null: GitHub's <c>{"message": "Server Error"}</c>.</summary>
    public string? Body { get; set; }

    /// <summary>Additional headers of the answer; <c>Content-Type</c> replaces the default one.</summary>
    public IDictionary<string, string> Headers { get; set; } = new Dictionary<string, string>();

    /// <summary>Checks the regular expression; throws <see cref="ArgumentException"/> when it is invalid.</summary>
    internal void Compile() => _pattern = new Regex(Path, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    internal bool Matches(string method, string path) =>
        Count > 0 && (Method is null || string.Equals(Method, method, StringComparison.OrdinalIgnoreCase)) && _pattern!.IsMatch(path);
}
