using Monarch.Contracts;

namespace Monarch.Workers.Slack.Client;

/// <summary>A call to Slack failed; <see cref="Failure"/> has the classified reason.</summary>
sealed class SlackException(Failure failure, Exception? inner = null) : Exception(failure.Message, inner)
{
    public Failure Failure { get; } = failure;
}
