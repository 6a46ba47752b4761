using System.Security.Cryptography;
using System.Text;

namespace Monarch.Contracts.Deployments;

/// <summary>Identifies a server, and so its saga: each project has one server for each status.</summary>
public static class ServerId
{
    /// <summary>The id of a server; the same in every process and version.</summary>
    /// <param name="project">The project's key in upper case.</param>
    /// <param name="status">The status.</param>
    public static Guid Of(string project, IssueStatus status) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{project}/{status}")).AsSpan(0, 16));
}
