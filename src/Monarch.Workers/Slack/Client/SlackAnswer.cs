namespace Monarch.Workers.Slack.Client;

/// <summary>Slack's answer, which has the status 200 also when it refuses.</summary>
sealed record SlackAnswer
{
    public bool Ok { get; init; }

    public string? Error { get; init; }

    public string? Channel { get; init; }

    public string? Ts { get; init; }
}
