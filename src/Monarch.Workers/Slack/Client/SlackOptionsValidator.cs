using Microsoft.Extensions.Options;
using Monarch.Workers.Http;

namespace Monarch.Workers.Slack.Client;

/// <summary>Reports every invalid setting together: key, value (never a secret) and remedy.</summary>
sealed class SlackOptionsValidator : IValidateOptions<SlackOptions>
{
    public ValidateOptionsResult Validate(string? name, SlackOptions options)
    {
        var errors = Errors(options).ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    static IEnumerable<string> Errors(SlackOptions options)
    {
        if (!ServiceAddress.TryRead(options.ApiUrl, out _))
        {
            yield return $"SLACK_API_URL is {ServiceAddress.Redact(options.ApiUrl)}, which is not the address of an API. "
                + $"Set it to {new SlackOptions().ApiUrl}, or leave it out.";
        }

        if (options.BotToken is not null && SecretToken.Validate("SLACK_BOT_TOKEN", options.BotToken) is { } error)
        {
            yield return error;
        }

        if (options.TimeoutSeconds is < 1 or > 600)
        {
            yield return $"SLACK_TIMEOUT is '{options.TimeoutSeconds}'. Set it to a number of seconds from 1 to 600.";
        }
    }
}
