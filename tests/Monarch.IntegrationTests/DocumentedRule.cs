using System.Text.RegularExpressions;
using Monarch.Testing;
using Shouldly;

namespace Monarch.IntegrationTests;

/// <summary>The ACL rule in docs/operations.md.</summary>
static partial class DocumentedRule
{
    /// <summary>It, with another password than the documented one.</summary>
    public static string With(string password)
    {
        var rule = Rule().Match(File.ReadAllText(Repository.PathOf("docs", "operations.md")));
        rule.Success.ShouldBeTrue("docs/operations.md has the rule");
        return rule.Groups[1].Value.Replace('\n', ' ').Replace(">password", $">{password}", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"ACL SETUSER monarch ([^`]+)\n```")]
    private static partial Regex Rule();
}
