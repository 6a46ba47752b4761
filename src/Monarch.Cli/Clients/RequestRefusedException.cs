namespace Monarch.Cli.Clients;

/// <summary>The API refused the request.</summary>
sealed class RequestRefusedException(IReadOnlyList<string> faults) : Exception(string.Join(' ', faults))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
