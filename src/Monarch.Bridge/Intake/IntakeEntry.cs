namespace Monarch.Bridge.Intake;

/// <summary>An entry of the intake.</summary>
/// <param name="Id">The stream's id of it.</param>
/// <param name="Fields">Its fields, whoever wrote them.</param>
sealed record IntakeEntry(string Id, IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>The Learning Platform's message.</summary>
    public const string Message = "message";

    /// <summary>The batch's id; publishers that write to the stream themselves leave it out.</summary>
    public const string Batch = "batch";

    /// <summary>When it was received, in ISO 8601.</summary>
    public const string Received = "received";
}
