using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;
using Monarch.Hosting;
using Monarch.Hosting.Startup;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Hosting;

public sealed class Reading_settings : IDisposable
{
    readonly string _directory = Directory.CreateTempSubdirectory("monarch-settings-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Should_let_each_layer_override_the_one_below()
    {
        // Names of this test's own: a process has one environment.
        Environment.SetEnvironmentVariable("MONARCH_TEST_LAYER_B", "environment");
        Environment.SetEnvironmentVariable("MONARCH_TEST_LAYER_C", "environment");
        Write(
            "appsettings.json",
            """{ "MONARCH_TEST_LAYER_A": "json", "MONARCH_TEST_LAYER_B": "json", "MONARCH_TEST_LAYER_D": "json", "MONARCH_TEST_LAYER_E": "json" }"""
        );
        Write(".env", "MONARCH_TEST_LAYER_B=dotenv\nMONARCH_TEST_LAYER_C=dotenv\nMONARCH_TEST_LAYER_D=dotenv\n");

        var settings = Create(new() { ["MONARCH_TEST_LAYER_C"] = "override" }).Configuration;

        settings["MONARCH_TEST_LAYER_A"].ShouldBe("json");
        settings["MONARCH_TEST_LAYER_B"].ShouldBe("environment");
        settings["MONARCH_TEST_LAYER_C"].ShouldBe("override");
        settings["MONARCH_TEST_LAYER_D"].ShouldBe("dotenv");
    }

    [Fact]
    public void Should_treat_an_empty_value_as_the_default()
    {
        Write(".env", "MONARCH_TEST_EMPTY=dotenv\n");

        Create(new() { ["MONARCH_TEST_EMPTY"] = "" }).Configuration["MONARCH_TEST_EMPTY"].ShouldBeNull();
    }

    [Theory]
    [InlineData("\"ghp_token\"", "ghp_token")]
    [InlineData("'ghp_token'", "ghp_token")]
    [InlineData(" \"ghp_token\" ", "ghp_token")]
    [InlineData("\"\"", null)]
    [InlineData("'  '", null)]
    [InlineData("\"/opt/a b\" -x \"c\"", "\"/opt/a b\" -x \"c\"")]
    [InlineData("\"open", "\"open")]
    [InlineData("\"mixed'", "\"mixed'")]
    [InlineData("\"", "\"")]
    public void Should_remove_quotes_that_Docker_keeps_in_env_files(string value, string? expected)
    {
        Environment.SetEnvironmentVariable("MONARCH_TEST_QUOTES", value);

        Create([]).Configuration["MONARCH_TEST_QUOTES"].ShouldBe(expected);
        Create(new() { ["MONARCH_TEST_QUOTED"] = value }).Configuration["MONARCH_TEST_QUOTED"].ShouldBe(expected);
    }

    [Theory]
    [InlineData(".env", "GOOD=1\nhunter2hunter2\n", ".env, line 2, cannot be read.")]
    [InlineData("appsettings.json", "{ \"WEB_PORT\": ", "appsettings.json cannot be read:")]
    public void Should_refuse_a_file_that_cannot_be_read(string file, string text, string expected)
    {
        Write(file, text);

        var faults = Should.Throw<OptionsValidationException>(() => Create([]).BuildHost()).Failures.ToList();

        faults.ShouldHaveSingleItem().ShouldStartWith(expected);
        faults[0].ShouldNotContain("hunter2");
    }

    WebApplicationBuilder Create(Dictionary<string, string?> overrides) => MonarchHost.CreateBuilder(HostRole.Serve, overrides, _directory);

    void Write(string file, string text) => File.WriteAllText(Path.Combine(_directory, file), text);
}
