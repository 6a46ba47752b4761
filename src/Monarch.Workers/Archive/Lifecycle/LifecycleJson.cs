using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Monarch.Workers.Archive.Lifecycle;

/// <summary>
/// The JSON of lifecycle events: nulls are omitted, times are UTC with milliseconds, enum values are camelCase.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcConverter)]
)]
[JsonSerializable(typeof(LifecycleMessage))]
[JsonSerializable(typeof(MigrationData))]
[JsonSerializable(typeof(RepositoryData))]
[JsonSerializable(typeof(DeploymentData))]
[JsonSerializable(typeof(SteeringData))]
sealed partial class LifecycleJson : JsonSerializerContext
{
    /// <summary>An enum value as written in an event.</summary>
    public static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName($"{value}");

    sealed class UtcConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
    }
}

/// <summary>The envelope of every event.</summary>
sealed record LifecycleMessage(int Version, string Id, string Action, string Entity, DateTimeOffset Timestamp, JsonElement Data);

/// <summary>The start or the end of a migration.</summary>
sealed record MigrationData
{
    public required Guid MigrationId { get; init; }
    public required string Source { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public int? IssueCount { get; init; }
    public required int RepositoryCount { get; init; }
    public string? FailureKind { get; init; }
    public required IReadOnlyList<RepositoryData> Repositories { get; init; }
}

/// <summary>A target of a migration.</summary>
sealed record RepositoryData
{
    public Guid? MigrationId { get; init; }
    public required string Repository { get; init; }
    public long? RepositoryId { get; init; }
    public string? Status { get; init; }
    public int? Total { get; init; }
    public int? Created { get; init; }
    public int? AlreadyThere { get; init; }
    public int? Rejected { get; init; }
    public string? FailureKind { get; init; }
}

/// <summary>A deployment of a server.</summary>
sealed record DeploymentData
{
    public required Guid DeploymentId { get; init; }
    public required string Server { get; init; }
    public required string Project { get; init; }
    public required string Status { get; init; }
    public required IReadOnlyList<string> Issues { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public int? ExitCode { get; init; }
}

/// <summary>An intervention of a person or script in a migration or a server.</summary>
sealed record SteeringData
{
    public Guid? MigrationId { get; init; }
    public Guid? CommandId { get; init; }
    public string? Server { get; init; }
    public string? Project { get; init; }
    public string? Status { get; init; }
    public required string Kind { get; init; }
    public string? Actor { get; init; }
    public bool? Refused { get; init; }
}
