using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Monarch.Workers.Archive.Settings;

/// <summary>Which events are archived, and how.</summary>
sealed class ArchiveOptions
{
    public const string FolderKey = "OUTPUT_FOLDER";
    public const string ExchangeKey = "RABBITMQ_EXCHANGE";
    public const string BindingKey = "ARCHIVE_BINDING";
    public const string QueueKey = "ARCHIVE_QUEUE";
    public const string TimeKey = "ARCHIVE_TIME";
    public const string LayoutKey = "ARCHIVE_LAYOUT";
    public const string LifecycleKey = "ARCHIVE_LIFECYCLE";
    public const string ForwardUrlKey = "ARCHIVE_FORWARD_URL";
    public const string ForwardSecretKey = "ARCHIVE_FORWARD_SECRET";

    /// <summary>The value of <see cref="Queue"/> for a queue that is deleted with its process.</summary>
    public const string TemporaryQueue = "temporary";

    /// <summary>The folder that the files are written to; a relative path begins at the working directory.</summary>
    [ConfigurationKeyName(FolderKey)]
    public string Folder { get; set; } = "./messages";

    /// <summary>
    /// The exchange that the events are published to. It is declared as a durable topic exchange if it does not exist, and used unchanged
    /// if it does.
    /// </summary>
    [ConfigurationKeyName(ExchangeKey)]
    public string Exchange { get; set; } = "expenses_exchange";

    /// <summary>
    /// The routing keys to archive, as binding keys separated by commas: <c>*</c> matches one word, <c>#</c> any number of words.
    /// </summary>
    [ConfigurationKeyName(BindingKey)]
    public string Binding { get; set; } = "expense.*";

    /// <summary>
    /// The queue: durable, and shared by all processes with the same setting. <c>temporary</c> makes an exclusive queue for each process
    /// instead, which loses events that are published while the process does not run.
    /// </summary>
    [ConfigurationKeyName(QueueKey)]
    public string Queue { get; set; } = "archive";

    /// <summary>The time zone of file names: <c>local</c> or <c>utc</c>.</summary>
    [ConfigurationKeyName(TimeKey)]
    public string Time { get; set; } = "local";

    /// <summary>Whether the JSON is indented by two spaces; otherwise a file holds the event byte for byte.</summary>
    [ConfigurationKeyName("ARCHIVE_PRETTY")]
    public bool Pretty { get; set; }

    /// <summary>
    /// <c>flat</c>: every file in the folder; <c>daily</c>: a folder for each day; <c>segments</c>: files of many events, one per line.
    /// </summary>
    [ConfigurationKeyName(LayoutKey)]
    public string Layout { get; set; } = "flat";

    /// <summary>Bytes after which a new segment is started. Only for the layout <c>segments</c>.</summary>
    [ConfigurationKeyName("ARCHIVE_SEGMENT_BYTES"), Range(1 << 10, 1L << 40)]
    public long SegmentBytes { get; set; } = 64 << 20;

    /// <summary>The maximum size of an event in bytes; a larger one goes to <c>rejected/</c>.</summary>
    [ConfigurationKeyName("ARCHIVE_MAX_BYTES"), Range(1, 1 << 30)]
    public int MaxBytes { get; set; } = 16 << 20;

    /// <summary>Bytes of free space below which consuming pauses.</summary>
    [ConfigurationKeyName("ARCHIVE_FREE_FLOOR"), Range(0, 1L << 50)]
    public long FreeFloor { get; set; } = 512 << 20;

    /// <summary>Days for which message ids are kept: a message that is redelivered within them makes no second file.</summary>
    [ConfigurationKeyName("ARCHIVE_ID_DAYS"), Range(0.01, 3650)]
    public double IdDays { get; set; } = 7;

    /// <summary>Whether the SHA-256 of each file is written to <c>manifest/</c>, in the format of <c>sha256sum</c>.</summary>
    [ConfigurationKeyName("ARCHIVE_MANIFEST")]
    public bool Manifest { get; set; }

    /// <summary>
    /// Whether Monarch's own events (migrations and deployments) are published to the exchange <c>monarch_events</c>, and archived.
    /// </summary>
    [ConfigurationKeyName(LifecycleKey)]
    public bool Lifecycle { get; set; }

    /// <summary>The URL to post each event to as a CloudEvent; null disables forwarding.</summary>
    [ConfigurationKeyName(ForwardUrlKey)]
    public string? ForwardUrl { get; set; }

    /// <summary>The secret for signing posted events (HMAC-SHA-256); null for no signature.</summary>
    [ConfigurationKeyName(ForwardSecretKey)]
    public string? ForwardSecret { get; set; }

    /// <summary>The timeout of one post, in seconds.</summary>
    [ConfigurationKeyName("ARCHIVE_FORWARD_TIMEOUT"), Range(0.1, 300)]
    public double ForwardTimeoutSeconds { get; set; } = 10;

    internal TimeSpan IdAge => TimeSpan.FromDays(IdDays);

    internal bool IsTemporary => string.Equals(Queue, TemporaryQueue, StringComparison.OrdinalIgnoreCase);

    internal bool IsUtc => string.Equals(Time, "utc", StringComparison.OrdinalIgnoreCase);

    internal bool IsDaily => string.Equals(Layout, "daily", StringComparison.OrdinalIgnoreCase);

    internal bool HasSegments => string.Equals(Layout, "segments", StringComparison.OrdinalIgnoreCase);

    internal IReadOnlyList<string> Bindings() => Binding.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
