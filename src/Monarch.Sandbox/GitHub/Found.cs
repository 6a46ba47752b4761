using Monarch.Sandbox.Http;

namespace Monarch.Sandbox.GitHub;

/// <summary>The repository that a call is about, or why there is none to be had.</summary>
readonly record struct Found(Repository? Repository, Answer? Refusal);
