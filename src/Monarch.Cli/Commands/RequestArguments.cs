using System.CommandLine;
using System.Text.Json.Nodes;

namespace Monarch.Cli.Commands;

/// <summary>The arguments of a request.</summary>
static class RequestArguments
{
    public static readonly Argument<string> Source = new("source") { Description = "The template repository: owner/name or its address" };

    public static readonly Argument<string[]> Targets = new("target")
    {
        Description = "The team repositories",
        Arity = ArgumentArity.OneOrMore,
    };

    public static readonly Option<string?> Channel = new("--channel") { Description = "The Slack channel to notify" };

    public static readonly Option<bool> Recreate = new("--recreate")
    {
        Description = "Copy issues again whose copies were deleted in a target",
    };

    /// <summary>Accepted from older scripts and ignored: issues are created in the source's order.</summary>
    public static readonly Option<bool> Unordered = new("--unordered") { Hidden = true };

    public static string Json(ParseResult result) =>
        Json(result.GetValue(Source)!, result.GetValue(Targets)!, result.GetValue(Channel), result.GetValue(Recreate));

    public static string Json(string source, IEnumerable<string> targets, string? channel, bool recreate = false)
    {
        var request = new JsonObject
        {
            ["source_repo"] = source,
            ["all_target_repositories"] = new JsonArray([.. targets.Select(target => JsonValue.Create(target))]),
        };
        if (channel is not null)
        {
            request["notification_channel"] = channel;
        }

        if (recreate)
        {
            request["recreate"] = true;
        }

        return request.ToJsonString();
    }
}
