using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Monarch.Hosting.Http;

/// <summary>
/// The key of cookies and anti-forgery tokens, derived from a secret: every Bridge with the secret has it, also after a restart, and it is
/// stored nowhere.
/// </summary>
sealed class DerivedKeyRing(string secret) : IXmlRepository
{
    const int MasterKeyBytes = 64;
    const int IdBytes = 16;

    static readonly DateTimeOffset Activation = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public IReadOnlyCollection<XElement> GetAllElements() =>
        [
            new(
                "key",
                new XAttribute("id", new Guid(Derive("id", IdBytes))),
                new XAttribute("version", 1),
                new XElement("creationDate", Text(Activation)),
                new XElement("activationDate", Text(Activation)),
                new XElement("expirationDate", Text(Activation.AddYears(100))),
                new XElement(
                    "descriptor",
                    new XAttribute("deserializerType", typeof(AuthenticatedEncryptorDescriptorDeserializer).AssemblyQualifiedName!),
                    new XElement(
                        "descriptor",
                        new XElement("encryption", new XAttribute("algorithm", "AES_256_CBC")),
                        new XElement("validation", new XAttribute("algorithm", "HMACSHA256")),
                        new XElement(
                            "masterKey",
                            new XElement("value", Convert.ToBase64String(Derive("cookies and forms", MasterKeyBytes)))
                        )
                    )
                )
            ),
        ];

    public void StoreElement(XElement element, string friendlyName) =>
        throw new NotSupportedException("The only key is derived from the secret.");

    byte[] Derive(string purpose, int length) =>
        HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            Encoding.UTF8.GetBytes(secret),
            length,
            info: Encoding.UTF8.GetBytes($"Monarch: {purpose}")
        );

    static string Text(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);
}
