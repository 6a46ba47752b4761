using System.CommandLine;
using System.Text.Json.Nodes;
using Monarch.Cli.Display;
using Monarch.Hosting;

namespace Monarch.Cli.Commands;

/// <summary>The arguments of a request.</summary>
static class RequestArguments
{
    static readonly Argument<string> Source = new("source") { Description = "The template repository: owner/name or its address" };

    static readonly Argument<string[]> Targets = new("target") { Description = "The team repositories", Arity = ArgumentArity.OneOrMore };

    static readonly Option<string?> Channel = new("--channel") { Description = "The Slack channel to notify" };

    static readonly Option<bool> Recreate = new("--recreate") { Description = "Copy issues again whose copies were deleted in a target" };

    /// <summary>Accepted from older scripts and ignored: issues are created in the source's order.</summary>
    static readonly Option<bool> Unordered = new("--unordered") { Hidden = true };

    /// <summary>Adds the arguments and options.</summary>
    public static void AddTo(Command command)
    {
        command.Add(Source);
        command.Add(Targets);
        command.Add(Channel);
        command.Add(Recreate);
        command.Add(Unordered);
        CopyArguments.AddTo(command);
    }

    /// <summary>Writes the request as a message and runs the command with it; with faults it writes them instead.</summary>
    public static Task<int> RunAsync(ParseResult result, Func<string, Task<int>> run)
    {
        var faults = new List<string>();
        var request = Message(result.GetValue(Source)!, result.GetValue(Targets)!, result.GetValue(Channel));
        if (result.GetValue(Recreate))
        {
            request["recreate"] = true;
        }

        foreach (var (field, value) in CopyArguments.Read(result, faults))
        {
            request[field] = value!.DeepClone();
        }

        return faults.Count == 0 ? run(request.ToJsonString()) : Output.FailAsync(ExitCodes.Usage, [.. faults]);
    }

    public static string Json(string source, IEnumerable<string> targets, string? channel) =>
        Message(source, targets, channel).ToJsonString();

    static JsonObject Message(string source, IEnumerable<string> targets, string? channel)
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

        return request;
    }
}
