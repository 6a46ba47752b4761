using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Monarch.Workers.Deployments.Running;
using Monarch.Workers.Deployments.Settings;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Deployments;

public sealed class Configuring_deployments
{
    [Fact]
    public void Should_need_no_setting() => Read().Run.ShouldBeFalse();

    [Theory]
    [InlineData("USHER_COMMAND", "deploy {branch}", "USHER_COMMAND is 'deploy {branch}', in which {branch} stands for nothing. Set it to")]
    [InlineData("USHER_COMMAND", "deploy 'x", "USHER_COMMAND is 'deploy 'x', in which a quote is not closed. Set it to")]
    [InlineData("USHER_ENVIRONMENT", "PATH,A-B", "USHER_ENVIRONMENT is 'PATH,A-B', and 'A-B' in it is not the name of a variable. List")]
    [InlineData("USHER_ENVIRONMENT", "PATH,1X", "USHER_ENVIRONMENT is 'PATH,1X', and '1X' in it is not the name of a variable. List")]
    [InlineData("USHER_MAX_WAIT", "119.5", "USHER_MAX_WAIT is '119.5', which is shorter than USHER_QUIET, 120. Set it to 120 or more.")]
    [InlineData("USHER_LEASE", "0", "USHER_LEASE is '0', which is out of range.")]
    public void Should_refuse_a_bad_setting_by_name(string key, string value, string fault) =>
        Should.Throw<OptionsValidationException>(() => Read((key, value))).Failures.ShouldHaveSingleItem().ShouldStartWith(fault);

    [Fact]
    public void Should_refuse_a_missing_directory_when_the_command_runs_here()
    {
        Read(("USHER_DIRECTORY", "/nowhere/at/all")).Directory.ShouldBe("/nowhere/at/all");
        Should
            .Throw<OptionsValidationException>(() => Read(("USHER_DIRECTORY", "/nowhere/at/all"), ("USHER_RUN", "true")))
            .Failures.ShouldHaveSingleItem()
            .ShouldStartWith("USHER_DIRECTORY is '/nowhere/at/all', which is not a folder. Set it to");
        Read(("USHER_DIRECTORY", "/"), ("USHER_RUN", "true")).Run.ShouldBeTrue();
    }

    [Fact]
    public void Should_report_all_errors_together() =>
        Should
            .Throw<OptionsValidationException>(() => Read(("USHER_COMMAND", "''"), ("USHER_ENVIRONMENT", "%"), ("USHER_MAX_WAIT", "1")))
            .Failures.Count()
            .ShouldBe(3);

    [Fact]
    public void Should_accept_spaces_around_names_of_variables() =>
        Read(("USHER_ENVIRONMENT", " PATH , _x1,")).EnvironmentNames().ShouldBe(["PATH", "_x1"]);

    static DeploymentOptions Read(params (string Key, string? Value)[] settings)
    {
        using var services = new ServiceCollection()
            .AddDeploymentRunner(new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(x => x.Key, x => x.Value)).Build())
            .BuildServiceProvider();
        return services.GetRequiredService<IOptions<DeploymentOptions>>().Value;
    }
}
