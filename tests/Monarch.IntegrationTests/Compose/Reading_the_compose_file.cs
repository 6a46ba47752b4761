using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Compose;

/// <summary>
/// What docker-compose makes of the files. It needs no engine, but docker-compose itself: only <c>./monarch test --compose</c> runs it.
/// </summary>
public sealed class Reading_the_compose_file
{
    const string Own = "COMPOSE_FILE=docker-compose.yml\n";

    [Fact(Explicit = true)]
    public async Task Should_start_a_Redis_by_default()
    {
        (await RunAsync("", "config", "--services")).Split('\n').ShouldContain("redis");
        (await HostsAsync("")).ShouldBe(["redis", "redis", "redis"]);
    }

    [Theory(Explicit = true)]
    [InlineData("VALKEY_HOST", "valkey.example.org")]
    [InlineData("VALKEY_PORT", "25061")]
    [InlineData("VALKEY_DB", "2")]
    [InlineData("VALKEY_USER", "monarch")]
    [InlineData("VALKEY_PASSWORD", "a-password")]
    [InlineData("VALKEY_TLS", "true")]
    [InlineData("VALKEY_TLS_CA", "certs/ca.pem")]
    [InlineData("VALKEY_URL", "rediss://monarch:p%40ss@valkey.example.org:25061/0")]
    [InlineData("VALKEY_SENTINELS", "a:26379,b:26379")]
    [InlineData("VALKEY_SERVICE", "school")]
    [InlineData("VALKEY_SENTINEL_PASSWORD", "another")]
    public async Task Should_pass_on_another_address_and_leave_out_its_own(string key, string value)
    {
        var env = $"{Own}{key}={value}\n";

        var services = (await RunAsync(env, "config", "--services")).Split('\n');
        services.ShouldNotContain("redis");
        services.ShouldContain("bridge");
        (await LinesAsync(env, key))
            .Select(x => x.Trim('\'', '"'))
            .ShouldBe([value, value, value], "the Bridge, the workers and Usher have it");
        if (key != "VALKEY_HOST")
        {
            (await HostsAsync(env)).ShouldAllBe(x => x.Trim('\'', '"').Length == 0);
        }
    }

    [Fact(Explicit = true)]
    public async Task Should_use_the_named_host_even_if_its_own_is_not_left_out() =>
        (await HostsAsync("VALKEY_HOST=valkey.example.org\n")).ShouldBe(["valkey.example.org", "valkey.example.org", "valkey.example.org"]);

    static Task<List<string>> HostsAsync(string env) => LinesAsync(env, "VALKEY_HOST");

    static async Task<List<string>> LinesAsync(string env, string key) =>
        [
            .. (await RunAsync(env, "config"))
                .Split('\n')
                .Select(x => x.Trim())
                .Where(x => x.StartsWith($"{key}: "))
                .Select(x => x[(key.Length + 2)..]),
        ];

    static async Task<string> RunAsync(string env, params string[] arguments)
    {
        using var directory = new TemporaryDirectory();
        foreach (var file in Directory.EnumerateFiles(Repository.Root, "docker-compose*.yml"))
        {
            File.Copy(file, directory[Path.GetFileName(file)]);
        }

        await File.WriteAllTextAsync(directory[".env"], env, CurrentTest.Token);
        var environment = new Dictionary<string, string>
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH")!,
            ["HOME"] = directory.Path,
        };
        await using var process = await ChildProcess.StartAsync("docker-compose", arguments, environment, directory.Path);
        (await process.WaitForExitAsync()).ShouldBe(0, process.Output);
        return process.Output.Trim();
    }
}
