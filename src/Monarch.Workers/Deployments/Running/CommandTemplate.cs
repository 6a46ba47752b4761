using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using Monarch.Contracts.Deployments;

namespace Monarch.Workers.Deployments.Running;

/// <summary>
/// The deployment command with its placeholders. No shell is involved: an argument stays one argument regardless of its content.
/// </summary>
sealed partial class CommandTemplate
{
    const string Issues = "{issues}";
    const string Numbers = "{numbers}";

    readonly IReadOnlyList<string> _arguments;

    CommandTemplate(IReadOnlyList<string> arguments) => _arguments = arguments;

    /// <summary>Reads a command.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="template">The parsed command; null when it is invalid.</param>
    /// <param name="problem">The problem, as a relative clause that follows the command: "which …".</param>
    public static bool TryParse(string command, [NotNullWhen(true)] out CommandTemplate? template, [NotNullWhen(false)] out string? problem)
    {
        template = null;
        if (!CommandLine.TrySplit(command, out var arguments))
        {
            problem = "in which a quote is not closed";
            return false;
        }

        problem = ProblemOf(arguments);
        template = problem is null ? new(arguments) : null;
        return problem is null;
    }

    /// <summary>The program and its arguments for one deployment.</summary>
    /// <param name="server">The server's name.</param>
    /// <param name="project">The project's key.</param>
    /// <param name="status">The status.</param>
    /// <param name="numbers">The issues' numbers.</param>
    /// <exception cref="ArgumentException">The project's key is invalid, or there are no issues.</exception>
    public IReadOnlyList<string> Expand(string server, string project, IssueStatus status, IReadOnlyList<int> numbers)
    {
        if (!IssueId.IsProject(project))
        {
            throw new ArgumentException($"'{project}' is not the key of a project.", nameof(project));
        }

        if (numbers.Count == 0 || numbers.Any(number => number < 1))
        {
            throw new ArgumentException("There are no issues to deploy, or one of their numbers is below 1.", nameof(numbers));
        }

        List<string> ids = [.. numbers.Select(number => IssueId.Of(project, number))];
        List<string> texts = [.. numbers.Select(number => number.ToString(CultureInfo.InvariantCulture))];
        return
        [
            .. _arguments.SelectMany<string, string>(argument =>
                argument switch
                {
                    Issues => ids,
                    Numbers => texts,
                    _ => [Placeholder().Replace(argument, match => ValueOf(match.Value))],
                }
            ),
        ];

        string ValueOf(string placeholder) =>
            placeholder switch
            {
                "{server}" => server,
                "{project}" => project.ToLowerInvariant(),
                "{status}" => status.ToString().ToLowerInvariant(),
                Issues => string.Join(',', ids),
                Numbers => string.Join(',', texts),
                _ => placeholder,
            };
    }

    static string? ProblemOf(List<string> arguments)
    {
        if (arguments is [] or ["", ..])
        {
            return "which names no program";
        }

        if (Placeholder().IsMatch(arguments[0]))
        {
            return $"whose program, {arguments[0]}, contains a placeholder";
        }

        var placeholders = arguments.SelectMany(argument => Placeholder().Matches(argument));
        return placeholders.FirstOrDefault(match => !IsKnown(match.Value)) is { } unknown
            ? $"in which {unknown.Value} stands for nothing"
            : null;
    }

    static bool IsKnown(string placeholder) => placeholder is "{server}" or "{project}" or "{status}" or Issues or Numbers;

    // Other braces are plain text, such as those of JSON or find's {}.
    [GeneratedRegex(@"\{\s*[A-Za-z_-]+\s*\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
