namespace Monarch.Hosting.Logs;

enum LogFormat
{
    /// <summary>One JSON object in a line, for machines.</summary>
    Json,

    /// <summary>For people.</summary>
    Text,
}
