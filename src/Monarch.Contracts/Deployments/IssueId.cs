using System.Globalization;
using System.Text.RegularExpressions;

namespace Monarch.Contracts.Deployments;

/// <summary>The id that a tracker gives to an issue: the key of its project and a number, such as <c>ABC-123</c>.</summary>
public static partial class IssueId
{
    /// <summary>Reads an id; lower case is accepted and becomes upper case.</summary>
    /// <param name="text">The id, without spaces around it.</param>
    /// <param name="project">The project's key: a letter, then up to 31 letters, digits or underscores.</param>
    /// <param name="number">The issue's number in the project, from 1.</param>
    /// <returns>Whether it is an id.</returns>
    public static bool TryParse(string? text, out string project, out int number)
    {
        (project, number) = ("", 0);
        if (
            text is null
            || Pattern().Match(text) is not { Success: true } match
            || !int.TryParse(match.Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out number)
        )
        {
            return false;
        }

        project = match.Groups[1].Value.ToUpperInvariant();
        return true;
    }

    /// <summary>The id of an issue.</summary>
    /// <param name="project">The project's key.</param>
    /// <param name="number">The issue's number.</param>
    public static string Of(string project, int number) => string.Create(CultureInfo.InvariantCulture, $"{project}-{number}");

    /// <summary>Whether a text is the key of a project, in upper case.</summary>
    /// <param name="text">The key.</param>
    public static bool IsProject(string text) => Project().IsMatch(text);

    [GeneratedRegex(@"\A([A-Za-z][A-Za-z0-9_]{0,31})-([1-9][0-9]{0,8})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();

    [GeneratedRegex(@"\A[A-Z][A-Z0-9_]{0,31}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Project();
}
