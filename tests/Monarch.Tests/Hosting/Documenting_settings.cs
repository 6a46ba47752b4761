using System.Reflection;
using Microsoft.Extensions.Configuration;
using Monarch.Bridge;
using Monarch.Hosting.Startup;
using Monarch.Redis.Connection;
using Monarch.Testing;
using Monarch.Workers;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Hosting;

public sealed class Documenting_settings
{
    static readonly Assembly[] Assemblies =
    [
        typeof(BridgeRegistration).Assembly,
        typeof(WorkersRegistration).Assembly,
        typeof(MonarchHost).Assembly,
        typeof(RedisConnection).Assembly,
    ];

    [Fact]
    public void Should_list_every_setting_in_the_template()
    {
        var template = File.ReadAllText(Repository.PathOf(".env.template"));
        var settings = Assemblies
            .SelectMany(x => x.GetTypes())
            .SelectMany(x => x.GetProperties())
            .Select(x => x.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name)
            .OfType<string>()
            .Distinct()
            .ToList();

        settings.Count.ShouldBeGreaterThan(30);
        settings
            .Where(x => !template.Contains($"\n{x}=", StringComparison.Ordinal) && !template.Contains($"\n#{x}=", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }
}
