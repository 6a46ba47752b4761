using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Monarch.Sandbox.Model;

namespace Monarch.Tests.Sandbox;

/// <summary>A sandbox with an App whose id is 12.</summary>
public abstract class AppTest : SandboxTest
{
    protected static readonly RSA Key = RSA.Create(2048);

    protected long Now => Time.GetUtcNow().ToUnixTimeSeconds();

    protected static SandboxApp NewApp(params SandboxInstallation[] installations) =>
        new()
        {
            Id = 12,
            PublicKey = Key.ExportSubjectPublicKeyInfoPem(),
            Installations = installations,
        };

    protected void Authenticate(string token) => Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

    protected string Jwt() =>
        Jwt(
            Key,
            "RS256",
            new()
            {
                ["iat"] = Now - 60,
                ["exp"] = Now + 540,
                ["iss"] = 12,
            }
        );

    protected static string Jwt(RSA key, string algorithm, JsonObject claims)
    {
        var text = $"{Encode(new JsonObject { ["alg"] = algorithm, ["typ"] = "JWT" })}.{Encode(claims)}";
        return $"{text}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    static string Encode(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
}
