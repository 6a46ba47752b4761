namespace Monarch.Bridge.Pages.Errors;

/// <summary>What an error page shows.</summary>
/// <param name="Status">The status of the response.</param>
/// <param name="Title">What happened.</param>
/// <param name="Detail">What it means, and what to do.</param>
/// <param name="RequestId">Identifies the request in the logs.</param>
/// <param name="Path">The address of the request.</param>
public sealed record ErrorModel(int Status, string Title, string Detail, string RequestId, string Path);
