using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Monarch.Workers.GitHub.Copying.Snapshots;

/// <summary>Computes the id of a snapshot from its content while it is written.</summary>
sealed class SnapshotDigest(long repositoryId) : IDisposable
{
    readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    int _count;

    public void Add(ReadOnlySpan<byte> issue)
    {
        _hash.AppendData(issue);
        _hash.AppendData("\n"u8);
        _count++;
    }

    public void Add(IEnumerable<ClosedIssue> issues)
    {
        foreach (var issue in issues)
        {
            _hash.AppendData(
                Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"closed {issue.Number} {issue.Reason}\n"))
            );
        }
    }

    public Snapshot Close(DateTimeOffset readAt)
    {
        var digest = Convert.ToHexStringLower(_hash.GetHashAndReset().AsSpan(0, 16));
        return new(string.Create(CultureInfo.InvariantCulture, $"{repositoryId}-{digest}"), readAt, _count);
    }

    public void Dispose() => _hash.Dispose();
}
