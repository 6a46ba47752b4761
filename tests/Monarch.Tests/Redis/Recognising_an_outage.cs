using System.Globalization;
using Monarch.Redis.Outages;
using Shouldly;
using StackExchange.Redis;
using Xunit;

namespace Monarch.Tests.Redis;

public sealed class Recognising_an_outage
{
    static readonly string[] Codes = ["READONLY", "OOM", "MISCONF", "LOADING", "NOREPLICAS", "CLUSTERDOWN", "MASTERDOWN"];

    // As a command is answered; as Redis 7 answers a script whose command is answered so; and as Redis 6.2 does.
    static readonly string[] Forms =
    [
        "{0} You can't.",
        "{0} You can't. script: 5f0d, on @user_script:1.",
        "ERR Error running script (call to f_5f0d): @user_script:1: @user_script: 1: -{0} You can't.",
    ];

    public static TheoryData<string> Refusals =>
        [.. from code in Codes from form in Forms select string.Format(CultureInfo.InvariantCulture, form, code)];

    [Theory, MemberData(nameof(Refusals))]
    public void Should_treat_an_unusable_server_as_an_outage(string message) => RedisOutage.Is(Answer(message)).ShouldBeTrue();

    [Theory]
    [InlineData("READONLY You can't write against a read only replica.")]
    [InlineData("READONLY You can't write against a read only replica. script: 5f0d, on @user_script:1.")]
    // Redis 6.2 wraps what a command in a script answers.
    [InlineData("ERR Error running script (call to f_5f0d): @user_script:1: -READONLY You can't write against a read only replica. ")]
    [InlineData("MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.")]
    public void Should_recognise_a_replica_by_its_error(string message)
    {
        RedisOutage.Is(Answer(message)).ShouldBeTrue();
        RedisOutage.IsReplica(Answer(message)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("LOADING Redis is loading the dataset in memory")]
    [InlineData("NOREPLICAS Not enough good replicas to write.")]
    [InlineData("ERR Error running script (call to f_5f0d): @user_script:1: -OOM command not allowed when used memory > 'maxmemory'. ")]
    public void Should_treat_a_server_that_is_not_ready_as_an_outage(string message)
    {
        RedisOutage.Is(Answer(message)).ShouldBeTrue();
        RedisOutage.IsReplica(Answer(message)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("NOPERM this user has no permissions to run the 'set' command")]
    // Redis 7.0, and Redis 7.2 and Valkey.
    [InlineData("ERR The user executing the script can't run this command or subcommand script: 5f0d, on @user_script:1.")]
    [InlineData("ERR ACL failure in script: User monarch has no permissions to run the 'set' command script: 5f0d, on @user_script:1.")]
    public void Should_treat_a_missing_right_as_an_outage(string message) => RedisOutage.Is(Answer(message)).ShouldBeTrue();

    [Theory]
    [InlineData("ERR Error running script (call to f_5f0d): @user_script:1: user_script:1: attempt to call a nil value ")]
    [InlineData("WRONGTYPE Operation against a key holding the wrong kind of value")]
    [InlineData("ERR Error running script (call to f_5f0d): @user_script:1: user_script:1: attempt to compare OOM with nil")]
    [InlineData("BUSYGROUP Consumer Group name already exists")]
    public void Should_not_treat_a_mistake_as_an_outage(string message) => RedisOutage.Is(Answer(message)).ShouldBeFalse();

    // By reflection, since the library marks its constructors as obsolete or experimental.
    static Exception Answer(string message) => (Exception)Activator.CreateInstance(typeof(RedisServerException), message)!;
}
