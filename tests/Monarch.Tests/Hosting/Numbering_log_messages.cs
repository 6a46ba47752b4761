using System.Reflection;
using Microsoft.Extensions.Logging;
using Monarch.Bridge;
using Monarch.Hosting.Startup;
using Monarch.Redis.Connection;
using Monarch.Workers;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Hosting;

public sealed class Numbering_log_messages
{
    [Theory]
    [InlineData(typeof(MonarchHost))]
    [InlineData(typeof(RedisConnection))]
    [InlineData(typeof(BridgeRegistration))]
    [InlineData(typeof(WorkersRegistration))]
    public void Should_give_each_message_of_a_project_a_unique_number(Type project)
    {
        var numbers = project
            .Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()?.EventId)
            .OfType<int>()
            .ToList();

        numbers.ShouldNotBeEmpty();
        numbers.ShouldBeUnique();
    }
}
