using System.Text.RegularExpressions;

namespace Monarch.Bridge.Intake;

/// <summary>The login of an account at GitHub.</summary>
static partial class Login
{
    /// <summary>What GitHub accepts.</summary>
    public const string Rule = "letters, digits and single hyphens, 39 at most";

    const string BotSuffix = "[bot]";

    /// <summary>Whether GitHub would accept it for a user or an organisation.</summary>
    public static bool IsValid(string text) => Accounts().IsMatch(text);

    /// <summary>Whether it may stand among assignees; an App's has a suffix.</summary>
    public static bool IsValidAssignee(string text) =>
        IsValid(text.EndsWith(BotSuffix, StringComparison.OrdinalIgnoreCase) ? text[..^BotSuffix.Length] : text);

    // An underscore stands in the account names of enterprises that manage their users.
    [GeneratedRegex(@"\A(?=.{1,39}\z)[A-Za-z0-9](?:[A-Za-z0-9_]|-(?=[A-Za-z0-9]))*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Accounts();
}
