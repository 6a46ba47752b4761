using Microsoft.Extensions.Logging.Testing;

namespace Monarch.Tests;

static class FakeLog
{
    extension(FakeLoggerProvider log)
    {
        /// <summary>Every line that was logged so far, with its level and its exception.</summary>
        public IReadOnlyList<string> Lines =>
            [.. log.Collector.GetSnapshot().Select(record => $"{record.Level} {record.Message}{record.Exception}")];
    }
}
