using Monarch.Workers.GitHub.Transport;
using Serilog.Core;
using Serilog.Events;

namespace Monarch.Workers.GitHub.Endpoints;

/// <summary>
/// Drops MassTransit's error log, with its stack trace, of a failure that <see cref="AnswerFailuresFilter{TCommand}"/> answers and logs
/// in one line.
/// </summary>
sealed class AnsweredFaults : ILogEventFilter
{
    public bool IsEnabled(LogEvent logEvent) =>
        logEvent.Exception is not GitHubException
        || logEvent.Properties.GetValueOrDefault(Constants.SourceContextPropertyName) is not ScalarValue { Value: string source }
        || !source.StartsWith("MassTransit", StringComparison.Ordinal);
}
