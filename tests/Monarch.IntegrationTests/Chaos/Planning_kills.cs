using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Chaos;

public sealed class Planning_kills
{
    static readonly TimeSpan Duration = TimeSpan.FromSeconds(11);
    static readonly IReadOnlyList<IReadOnlyList<Kill>> Plans = [.. Enumerable.Range(0, 1000).Select(seed => KillPlan.Of(seed, Duration))];

    [Fact]
    public void Should_make_the_same_plan_from_the_same_seed() => KillPlan.Of(7, Duration).ShouldBe(Plans[7]);

    [Fact]
    public void Should_make_another_plan_from_another_seed() => Plans[7].ShouldNotBe(Plans[8]);

    [Fact]
    public void Should_not_kill_redis_and_a_bridge_together()
    {
        foreach (var plan in Plans)
        {
            foreach (var redis in plan.Where(x => x.Victim == Victim.Redis))
            {
                plan.Where(x => x.Victim == Victim.Bridge).ShouldAllBe(x => (x.At - redis.At).Duration() >= KillPlan.Apart);
            }
        }
    }

    [Fact]
    public void Should_kill_redis_and_workers_in_every_round_and_the_others_in_most()
    {
        Plans.ShouldAllBe(plan => plan.Any(x => x.Victim == Victim.Redis) && plan.Count(x => x.Victim == Victim.Worker) >= 5);
        Plans.Count(plan => plan.Any(x => x.Victim == Victim.Bridge)).ShouldBeGreaterThan(900);
        Plans.Count(plan => plan.Any(x => x.Victim == Victim.RabbitMq)).ShouldBeInRange(400, 600);
    }

    [Fact]
    public void Should_plan_existing_victims_and_times_within_the_round()
    {
        foreach (var kill in Plans.SelectMany(x => x))
        {
            kill.Number.ShouldBeInRange(
                0,
                kill.Victim switch
                {
                    Victim.Worker => KillPlan.Workers,
                    Victim.Bridge => KillPlan.Bridges,
                    _ => 1,
                } - 1
            );
            kill.At.ShouldBeInRange(TimeSpan.Zero, Duration);
            kill.Forgets.ShouldBeInRange(0, kill.Victim == Victim.Redis ? 1 : 0);
        }
    }
}
