using Monarch.Contracts;

namespace Monarch.Workers.Slack.Client;

/// <summary>Slack did not do what was asked: why, sorted.</summary>
sealed class SlackException(Failure failure, Exception? inner = null) : Exception(failure.Message, inner)
{
    public Failure Failure { get; } = failure;
}
