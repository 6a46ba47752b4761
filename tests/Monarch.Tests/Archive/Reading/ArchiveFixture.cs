using System.Security.Cryptography;
using System.Text;
using Monarch.Testing;
using Monarch.Workers.Archive.Reading;

namespace Monarch.Tests.Archive.Reading;

/// <summary>An archive's folder that a test creates and damages.</summary>
sealed class ArchiveFixture : IDisposable
{
    readonly TemporaryDirectory _folder = new();

    public string Folder => _folder.Path;

    public List<ArchiveFinding> Findings { get; } = [];

    public IEnumerable<string> Faults =>
        Findings.Where(finding => finding.IsFault).Select(finding => $"{finding.Path}: {finding.Problem}").Order();

    public IEnumerable<string> Notes =>
        Findings.Where(finding => !finding.IsFault).Select(finding => $"{finding.Path}: {finding.Problem}").Order();

    public void Write(string path, string content) => Write(path, Encoding.UTF8.GetBytes(content));

    public void Write(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[path])!);
        File.WriteAllBytes(_folder[path], content);
    }

    public void WriteRejected(string name, string body)
    {
        Write($"rejected/{name}.body", body);
        Write($"rejected/{name}.reason.json", $$"""{"reason":"is not JSON","bytes":{{Encoding.UTF8.GetByteCount(body)}},"headers":{} }""");
    }

    /// <summary>Enters files with their current content in a manifest.</summary>
    public void Manifest(string name, params string[] paths)
    {
        var lines = paths.Select(path => $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_folder[path])))}  {path}\n");
        Write($"manifest/{name}", string.Concat(lines));
    }

    public VerificationSummary Verify()
    {
        Findings.Clear();
        return new ArchiveVerification(Folder, Findings.Add).Run(CancellationToken.None);
    }

    public void Dispose() => _folder.Dispose();
}
