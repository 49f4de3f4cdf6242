-- One request from one budget: the decision of hellojohn_core::rate::decide, in microseconds.
-- KEYS[1] the budget; ARGV now, interval, refill, and what this instance remembers of it.
-- Answers whether it is allowed, and when the budget will be full again.
local now, interval, refill = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local before = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), tonumber(ARGV[4]))
before = math.max(now, math.min(before, now + refill))
local after = before + interval
if after > now + refill then
    return {0, before}
end
-- A second more than it needs: the clocks of the instances may differ.
redis.call('SET', KEYS[1], string.format('%.0f', after), 'PX', math.ceil((after - now) / 1000) + 1000)
return {1, after}
