using Microsoft.Extensions.Options;
using Monarch.Workers.Deployments.Settings;
using Monarch.Workers.Slack.Client;

namespace Monarch.Workers.Deployments.Notices;

/// <summary>A channel requires a token.</summary>
sealed class DeploymentNoticesValidator(IOptions<SlackOptions> slack) : IValidateOptions<DeploymentOptions>
{
    public ValidateOptionsResult Validate(string? name, DeploymentOptions options) =>
        options.SlackChannel is not null && !slack.Value.IsOn
            ? ValidateOptionsResult.Fail(
                $"{DeploymentOptions.SlackChannelKey} is '{options.SlackChannel}', but SLACK_BOT_TOKEN is not set, so nothing "
                    + $"is posted. Set it to a bot token with chat:write, or leave out {DeploymentOptions.SlackChannelKey}."
            )
            : ValidateOptionsResult.Success;
}
