using Monarch.Redis.Connection;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Redis;

public sealed class Checking_a_redis_server
{
    [Theory]
    [InlineData("redis_version:6.2.0\r\nmaxmemory:0\r\nmaxmemory_policy:allkeys-lru\r\n")]
    [InlineData("redis_version:7.0.15\r\nmaxmemory:1000\r\nmaxmemory_policy:noeviction\r\n")]
    [InlineData("# Server\r\nredis_version:7.2.4\r\nserver_name:valkey\r\nvalkey_version:8.0.1\r\n")]
    public void Should_accept_a_server_that_keeps_its_data(string info) => RedisServerCheck.Fault(info, "VALKEY_URL").ShouldBeNull();

    [Theory]
    [InlineData("redis_version:6.0.16\r\n", "6.0.16")]
    [InlineData("redis_version:7.0.15\r\nmaxmemory:1000\r\nmaxmemory_policy:volatile-ttl\r\n", "volatile-ttl")]
    [InlineData("redis_version:7.0.15\r\nmaxmemory:1000\r\nmaxmemory_policy:allkeys-random\r\n", "allkeys-random")]
    [InlineData("redis_version:7.0.15\r\nmaxmemory:0\r\n# Cluster\r\ncluster_enabled:1\r\n", "a Redis Cluster, which is not supported")]
    public void Should_refuse_old_versions_eviction_and_clusters(string info, string reason) =>
        RedisServerCheck.Fault(info, "VALKEY_URL")!.ShouldContain(reason);

    [Theory]
    [InlineData("role:master\r\nconnected_slaves:2\r\nslave0:ip=10.0.0.2,port=6379,state=online,offset=5,lag=0\r\n", 2)]
    [InlineData("role:master\r\nconnected_slaves:1\r\n", 1)]
    [InlineData("role:master\r\nconnected_slaves:0\r\n", 0)]
    [InlineData("role:master\r\nconnected_slaves:1\r\nmin_slaves_good_slaves:1\r\n", 0)]
    [InlineData("redis_version:7.0.15\r\n", 0)]
    public void Should_count_replicas_of_a_master_that_writes_without_them(string info, int replicas) =>
        RedisServerCheck.ReplicasAtRisk(info).ShouldBe(replicas);
}
