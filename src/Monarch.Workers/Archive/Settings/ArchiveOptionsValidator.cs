using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Monarch.Hosting.Bus;

namespace Monarch.Workers.Archive.Settings;

/// <summary>Validates the archive's settings. Whether the folder is writable is checked at start.</summary>
sealed class ArchiveOptionsValidator(IConfiguration configuration) : IValidateOptions<ArchiveOptions>
{
    // AMQP's limit for names and keys.
    const int LongestName = 255;
    const string ReservedPrefix = "amq.";

    public ValidateOptionsResult Validate(string? name, ArchiveOptions options)
    {
        List<string> errors =
        [
            .. BrokerErrors(),
            .. QueueErrors(options),
            .. BindingErrors(options),
            .. FileErrors(options),
            .. ForwardErrors(options),
        ];
        return errors.Count > 0 ? ValidateOptionsResult.Fail(errors) : ValidateOptionsResult.Success;
    }

    // monarch archive has a default.
    IEnumerable<string> BrokerErrors()
    {
        if (!configuration.HasBroker())
        {
            yield return "RABBITMQ_URL is not set, but the archive consumes from RabbitMQ only. "
                + $"Set it to amqp://user:password@host:5672, or leave out {ArchiveOptions.FolderKey} to archive nothing.";
        }
    }

    static IEnumerable<string> QueueErrors(ArchiveOptions options)
    {
        if (NameError(options.Exchange) is { } exchange)
        {
            yield return Of(
                ArchiveOptions.ExchangeKey,
                options.Exchange,
                $"which {exchange}",
                "Set it to the exchange that the events are published to, such as expenses_exchange."
            );
        }

        if (NameError(options.Queue) is { } queue)
        {
            yield return Of(ArchiveOptions.QueueKey, options.Queue, $"which {queue}", "Set it to a name such as archive, or to temporary.");
        }
        else if (options.Queue.StartsWith(ReservedPrefix, StringComparison.Ordinal))
        {
            yield return Of(
                ArchiveOptions.QueueKey,
                options.Queue,
                $"but names that begin with {ReservedPrefix} belong to the broker",
                "Set it to a name such as archive, or to temporary."
            );
        }
        else if (!options.Queue.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':'))
        {
            yield return Of(
                ArchiveOptions.QueueKey,
                options.Queue,
                "which has other characters than letters, digits, '-', '_', '.' and ':'",
                "Set it to a name such as archive, or to temporary."
            );
        }
    }

    static IEnumerable<string> BindingErrors(ArchiveOptions options)
    {
        if (options.Bindings().Count == 0)
        {
            yield return Of(
                ArchiveOptions.BindingKey,
                options.Binding,
                "which names no binding key",
                "Set it to the keys to archive, such as expense.* (# matches all)."
            );
        }

        foreach (var key in options.Bindings().Where(key => Encoding.UTF8.GetByteCount(key) > LongestName))
        {
            yield return Of(
                ArchiveOptions.BindingKey,
                options.Binding,
                $"and '{key[..20]}…' in it is longer than {LongestName} bytes",
                "Set a shorter one; # matches any number of words."
            );
        }
    }

    static IEnumerable<string> FileErrors(ArchiveOptions options)
    {
        if (File.Exists(options.Folder))
        {
            yield return Of(
                ArchiveOptions.FolderKey,
                options.Folder,
                "which is a file",
                "Set it to a folder; it is created if it does not exist."
            );
        }

        if (!options.IsUtc && !IsOneOf(options.Time, "local"))
        {
            yield return Of(
                ArchiveOptions.TimeKey,
                options.Time,
                "which is neither local nor utc",
                "Set it to one of them, or leave it out for local."
            );
        }

        if (!options.IsDaily && !options.HasSegments && !IsOneOf(options.Layout, "flat"))
        {
            yield return Of(
                ArchiveOptions.LayoutKey,
                options.Layout,
                "which is none of flat, daily and segments",
                "Set it to one of them, or leave it out for flat."
            );
        }
    }

    static IEnumerable<string> ForwardErrors(ArchiveOptions options)
    {
        if (
            options.ForwardUrl is not null
            && !(
                Uri.TryCreate(options.ForwardUrl, UriKind.Absolute, out var url)
                && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            )
        )
        {
            // Not shown, because it may contain a password.
            yield return $"{ArchiveOptions.ForwardUrlKey} is not an address that events can be posted to. Set it to one that begins with "
                + "https:// or http://, or leave it out.";
        }

        if (options.ForwardUrl is null && options.ForwardSecret is not null)
        {
            yield return $"{ArchiveOptions.ForwardSecretKey} is set, but {ArchiveOptions.ForwardUrlKey} is not. Set both, or leave out "
                + $"{ArchiveOptions.ForwardSecretKey}.";
        }
    }

    static bool IsOneOf(string value, string word) => string.Equals(value, word, StringComparison.OrdinalIgnoreCase);

    static string? NameError(string name) =>
        string.IsNullOrWhiteSpace(name) ? "is empty"
        : Encoding.UTF8.GetByteCount(name) > LongestName ? $"is longer than {LongestName} bytes"
        : null;

    static string Of(string key, string value, string problem, string remedy) => $"{key} is '{value}', {problem}. {remedy}";
}
