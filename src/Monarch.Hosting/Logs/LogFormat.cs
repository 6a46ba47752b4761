namespace Monarch.Hosting.Logs;

enum LogFormat
{
    /// <summary>One JSON object per line.</summary>
    Json,

    /// <summary>Text for people.</summary>
    Text,
}
