using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Monarch.Tests.Bridge;

/// <summary>Keeps every line that is logged, with its exception.</summary>
sealed class RecordedLog : ILoggerProvider, ILogger
{
    readonly ConcurrentQueue<string> _lines = [];

    public IReadOnlyCollection<string> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }
}
