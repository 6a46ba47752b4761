namespace Monarch.IntegrationTests.Chaos;

/// <summary>Checks the Slack messages of each migration.</summary>
sealed class SlackCheck(ChaosFleet fleet, Platform platform)
{
    // One message that is updated, and the summary.
    const int MessagesOfAMigration = 2;
    const string End = ":white_check_mark:";

    readonly ILookup<string, string> _texts = fleet.Sandbox.SlackMessages().ToLookup(x => x.Channel, x => x.Text);

    public bool IsEveryEndReported => !Problems.Any();

    public IEnumerable<string> Problems =>
        platform
            .Requests.Where(request => _texts[request.Channel].LastOrDefault()?.StartsWith(End, StringComparison.Ordinal) != true)
            .Select(request =>
                $"The newest Slack message in {request.Channel} does not show the end: {_texts[request.Channel].LastOrDefault() ?? "there is none"}"
            );

    public int ExtraMessages => platform.Requests.Sum(request => Math.Max(0, _texts[request.Channel].Count() - MessagesOfAMigration));
}
