using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Monarch.Testing;

/// <summary>A certificate authority for tests, which signs certificates of servers.</summary>
public sealed class TestAuthority : IDisposable
{
    readonly ECDsa _key = ECDsa.Create();
    readonly X509Certificate2 _certificate;

    /// <summary>Creates a new, untrusted authority.</summary>
    public TestAuthority()
    {
        var request = new CertificateRequest("CN=Test authority", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        _certificate = request.CreateSelfSigned(Day(-1), Day(1));
    }

    /// <summary>Its certificate.</summary>
    public string Pem => _certificate.ExportCertificatePem() + "\n";

    /// <summary>A certificate for a server, with its key.</summary>
    /// <param name="name">The name or IP address under which the server is reached.</param>
    public (string Certificate, string Key) IssuePem(string name)
    {
        using var key = ECDsa.Create();
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(name);
        }

        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(
            _certificate,
            _certificate.NotBefore,
            _certificate.NotAfter,
            RandomNumberGenerator.GetBytes(8)
        );
        return (certificate.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem() + "\n");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
    }

    static DateTimeOffset Day(int offset) => TimeProvider.System.GetUtcNow().AddDays(offset);
}
